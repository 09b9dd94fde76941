"""Printers of the card: one tree of blocks in, an official paper out.

    Document ── sheet.sheet_of ──► a JSON-ready sheet: cleaned texts, header cells, widths, sizes
                                     ├── docx.docx   templates/word/*.xml, zipped
                                     └── pdf.pdf     templates/typst/card.typ
             └─ words.words_of     the same words in the same order, for tests

Tables go both ways, and invitations are a paper of their own:

    Sheet ── xlsx.write ──► .xlsx        .xlsx, .csv ── xlsx.read ──► rows, or TableError
    Invite… ── invitations.sheet ──► pdf   templates/typst/invitations.typ

`clean` is the one gate every text passes; `face` knows the bundled font; `places` finds templates.
"""
