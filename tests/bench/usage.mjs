// Imported before a measured program. Writes the resource usage of the process to descriptor 3 at its end.
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
	process.on('exit', () => {
		const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
		writeSync(3, JSON.stringify({ userCPUTime, systemCPUTime, maxRSS }));
	});
}
