// Forms as ExcelJS and SheetJS write them, invented. Run once where both are installed:
//   npm i exceljs xlsx && node tests/sheets/forms/make.cjs tests/sheets/forms
const path = require("path");
const ExcelJS = require("exceljs");
const XLSX = require("xlsx");
const folder = process.argv[2];
const head = ["序号", "存在问题", "责任单位", "进展", "完成率"];
const rows = [0, 1, 2].map((n) => [n + 1, `旧问题第${n}条很长`, "甲局", `旧进展第${n}条`]);

async function byExcelJS() {
  const book = new ExcelJS.Workbook();
  book.creator = "赵六";
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
  const sheet = book.addWorksheet("台账", { views: [{ state: "frozen", ySplit: 2 }] });
  sheet.columns = [6, 30, 14, 40, 10].map((width) => ({ width }));
  sheet.addRow(["某局整改台账"]);
  sheet.mergeCells("A1:E1");
  sheet.addRow(head);
  rows.forEach((row, n) => sheet.addRow([...row, { formula: `A${n + 3}/10`, result: 0.1 }]));
  sheet.addRow(["说明：如实填写", null, null, null, { formula: "SUM(A3:A5)", result: 6 }]);
  for (const row of [2, 3, 4, 5]) {
    sheet.getRow(row).eachCell((cell) => {
      cell.border = { top: { style: "thin" }, bottom: { style: "thin" }, left: { style: "thin" }, right: { style: "thin" } };
      cell.alignment = { wrapText: true, vertical: "middle" };
    });
  }
  sheet.autoFilter = "A2:E5";
  sheet.getCell("D2").note = "写清做了什么";
  for (const row of [3, 4, 5]) {
    sheet.getCell(`C${row}`).dataValidation = { type: "list", allowBlank: true, formulae: ['"甲局,乙局"'] };
  }
  await book.xlsx.writeFile(path.join(folder, "exceljs.xlsx"));
}

function bySheetJS() {
  const sheet = XLSX.utils.aoa_to_sheet([["某局整改台账"], head, ...rows, ["说明：如实填写"]]);
  [3, 4, 5].forEach((row) => { sheet[`E${row}`] = { t: "n", f: `A${row}/10`, v: 0.1 }; });
  sheet["E6"] = { t: "n", f: "SUM(A3:A5)", v: 6 };
  sheet["!merges"] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 4 } }];
  sheet["!autofilter"] = { ref: "A2:E5" };
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, "台账");
  XLSX.writeFile(book, path.join(folder, "sheetjs.xlsx"), { bookSST: true });
}

byExcelJS().then(bySheetJS);
