// Preloaded into the measured program. When the process exits, writes its resource usage to standard error.
import { readFileSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
	process.on('exit', () => {
		const { userCPUTime, maxRSS } = process.resourceUsage();
		writeSync(2, `\n${JSON.stringify({ userCPUTime, maxRSS: peak() ?? maxRSS })}\n`);
	});
}

/**
 * Peak memory in kilobytes. On Linux, `maxRSS` is at least the memory that the parent used when it started this
 * process.
 */
function peak() {
	if (process.platform !== 'linux') return null;
	return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
}
