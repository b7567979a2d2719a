// Replicates a database into a new LevelDB: node pouchdb_client.js URL FOLDER; prints {"rows", "seconds", "user"}.
"use strict";
const path = require("path");

const BATCH = 1000;

async function main() {
  const [url, folder] = process.argv.slice(2);
  const PouchDB = require("pouchdb");
  const local = new PouchDB(path.join(folder, "rows"));
  await local.info();
  const began = process.hrtime.bigint();
  const told = await local.replicate.from(url, { batch_size: BATCH });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const { doc_count: rows } = await local.info();
  if (!told.ok || rows !== told.docs_written) {
    throw new Error(JSON.stringify(told));
  }
  await local.close();
  console.log(JSON.stringify({ rows, seconds, user: process.cpuUsage().user / 1e6 }));
}

main();
