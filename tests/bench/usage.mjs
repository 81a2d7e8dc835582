// Imported before a measured program. Writes the resource usage of the process to descriptor 3 at its end.
import { readFileSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
	process.on('exit', () => {
		const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
		writeSync(3, JSON.stringify({ userCPUTime, systemCPUTime, maxRSS: peak() ?? maxRSS }));
	});
}

/** Peak memory in kilobytes. On Linux, `maxRSS` is at least the memory that the parent had when it started this process. */
function peak() {
	try {
		return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
	} catch {
		return null;
	}
}
