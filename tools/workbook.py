"""Writes a workbook of one sheet, as the back office of a till does: texts shared by none, days as serial numbers."""
import zipfile

NS = "http://schemas.openxmlformats.org"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{NS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{NS}/package/2006/relationships"><Relationship Id="r1" Type="{NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{NS}/spreadsheetml/2006/main" xmlns:r="{NS}/officeDocument/2006/relationships"><sheets><sheet name="SHEET" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{NS}/package/2006/relationships"><Relationship Id="r1" Type="{NS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{NS}/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{NS}/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
}


def row_of(number, cells, days):
    """Texts as texts, numbers as numbers; those in the columns `days` are times."""
    written = (f'<c r="{column}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' if isinstance(cell, str) else
               f'<c r="{column}{number}" s="{int(column in days)}"><v>{cell}</v></c>' for column, cell in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", cells))
    return (f'<row r="{number}">' + "".join(written) + "</row>").encode()


def write_workbook(path, sheet, rows, days=""):
    """`rows` is read once, and may be longer than memory."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in PARTS.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text.replace("SHEET", sheet))
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            file.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{NS}/spreadsheetml/2006/main"><sheetData>'.encode())
            for number, cells in enumerate(rows, 1):
                file.write(row_of(number, cells, days))
            file.write(b"</sheetData></worksheet>")
