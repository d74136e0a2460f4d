// Loads the page again when another run has ended. Without this script, loading it by hand does the same.
"use strict";

const run = document.documentElement.dataset.run;
const gone = document.getElementById("gone");

async function wait() {
  for (;;) {
    try {
      const answer = await fetch(`changed?since=${run}`, { cache: "no-store" });
      gone.hidden = true;
      if (answer.status === 200) {
        location.reload();
        return;
      }
      if (answer.status !== 204) throw new Error(answer.statusText);
    } catch {
      gone.hidden = false;
      await new Promise((again) => setTimeout(again, 1000));
    }
  }
}

// A page that is being left asks nothing, and is not gone.
addEventListener("pagehide", () => gone.remove());
wait();
