// Health of an api container: 0 when it is ready to serve, else 1 and the reason, which `docker inspect` shows.
const address = `http://127.0.0.1:${process.env.PORT || 3000}/api/v1/health/ready`;
try {
  const answer = await fetch(address, { signal: AbortSignal.timeout(4000) });
  process.stdout.write(`${answer.status} ${await answer.text()}\n`);
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  process.stdout.write(`${address}: ${error.cause ?? error}\n`);
  process.exitCode = 1;
}
