// Newsrooms that `feedmill serve` shows on a port of the loopback interface.

const { spawn } = require("node:child_process");
const { appendFileSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "../..");
const AS_OF = "2026-11-22T12:00:00Z";
const SECONDS = 60;

// The sample, as it is.
function sample(directory) {
  for (const part of ["articles", "feedmill.toml"]) {
    cpSync(path.join(ROOT, part), path.join(directory, part), { recursive: true });
  }
}

// The golden case, with the pictures that it names.
function pagesCase(directory) {
  for (const part of ["articles", "feedmill.toml"]) {
    cpSync(path.join(ROOT, "tests/cases/pages", part), path.join(directory, part), { recursive: true });
  }
  appendFileSync(path.join(directory, "feedmill.toml"), "\n[articles]\nmedia = ['static']\n");
  mkdirSync(path.join(directory, "static/img"), { recursive: true });
  const picture = path.join(ROOT, "articles/media/ferry.jpg");
  copyFileSync(picture, path.join(directory, "static/img/ferry.jpg"));
  copyFileSync(picture, path.join(directory, "static/icon.png"));
}

// The paths of the pages in a directory of feeds.
function pagesOf(directory) {
  const paths = readdirSync(path.join(ROOT, directory), { recursive: true });
  return paths.filter((one) => path.basename(one) === "index.html").sort();
}

// Hands the address of the feeds to `visit`, and ends what was started.
async function served(program, lay, visit) {
  const directory = mkdtempSync(path.join(tmpdir(), "feedmill-browser-"));
  try {
    lay(directory);
    const process = spawn(program, ["serve", "--port", "0", "--as-of", AS_OF, "--quiet"], {
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise((resolve) => process.once("close", resolve));
    try {
      await visit(`${await origin(process)}/feeds/`);
    } finally {
      process.kill("SIGINT");
      await ended;
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function origin(process) {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`feedmill serve says no address: ${said}`)), SECONDS * 1000);
    const hear = (text) => {
      said += text;
      const address = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (address) {
        clearTimeout(late);
        resolve(address[0]);
      }
    };
    process.stdout.setEncoding("utf8").on("data", hear);
    process.stderr.setEncoding("utf8").on("data", hear);
    process.once("close", () => reject(new Error(`feedmill serve ended: ${said}`)));
  });
}

module.exports = { pagesCase, pagesOf, sample, served };
