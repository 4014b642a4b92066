// A functions module for tests that is never there.
setInterval(() => {}, 1_000);
await new Promise(() => {});
