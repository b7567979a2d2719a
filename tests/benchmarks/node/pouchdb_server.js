// A CouchDB-compatible server with the rows of a file in it: node pouchdb_server.js FOLDER ROWS
// ROWS is a file with one JSON document a line, each with its _id. Prints {"url", "rows"} when it answers.
"use strict";
const express = require("express");
const fs = require("fs");
const path = require("path");
const readline = require("readline");

const LOT = 1000;

async function fill(database, rows) {
  let waiting = [];
  let count = 0;
  for await (const line of readline.createInterface({ input: fs.createReadStream(rows) })) {
    waiting.push(JSON.parse(line));
    count += 1;
    if (waiting.length === LOT) {
      await database.bulkDocs(waiting);
      waiting = [];
    }
  }
  await database.bulkDocs(waiting);
  return count;
}

async function main() {
  const [folder, rows] = process.argv.slice(2);
  const PouchDB = require("pouchdb").defaults({ prefix: path.join(folder, "/") });
  const database = new PouchDB("rows");
  const count = await fill(database, rows);
  const application = express();
  const made = require("express-pouchdb")(PouchDB, {
    mode: "minimumForPouchDB",
    inMemoryConfig: true,
    logPath: path.join(folder, "log.txt"),
  });
  application.use("/", made);
  const listener = application.listen(0, "127.0.0.1", () => {
    console.log(JSON.stringify({ url: `http://127.0.0.1:${listener.address().port}/rows`, rows: count }));
  });
  process.stdin.on("end", () => process.exit(0));
  process.stdin.resume();
}

main();
