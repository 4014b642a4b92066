// The HEALTHCHECK of the images, which have no curl: exit code 0 when the URL answers 200 within 4 s.
const url = process.argv[2];
const status = await fetch(url, { signal: AbortSignal.timeout(4_000) }).then(
  (response) => `status ${response.status}`,
  (error) => String(error.cause ?? error),
);
if (status !== 'status 200') {
  process.stderr.write(`${url}: ${status}\n`);
  process.exitCode = 1;
}
