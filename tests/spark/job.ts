/** Runs the job on Spark with several executors on this machine, and kills one of them. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, runProgram, type Outcome } from '../support/launcher';
import { freePort } from '../support/loopback';
import type { Spark } from './environment';

const EXECUTORS = 3;
/** Java starts faster with fewer optimisations. */
const JAVA_OPTIONS = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';
/** An executor is killed once this many tasks have finished. Other tasks must still be running at that time. */
const TASKS_BEFORE_KILL = 2;
const POLL_MS = 50;

export interface JobResult extends Outcome {
	/** Id of the killed executor; `null` if the job ended first. */
	readonly killed: string | null;
	/** Number of tasks that were lost with the executor and repeated. */
	readonly lostTasks: number;
}

/**
 * Runs count.py on executors in separate processes, and kills one of them while it is counting.
 * @param folder for Spark's files
 * @param archive packed npm package
 */
export async function runJob(
	spark: Spark,
	folder: string,
	archive: string,
	script: string,
	args: readonly string[]
): Promise<JobResult> {
	const log = join(folder, 'events');
	mkdirSync(log, { recursive: true });
	const port = await freePort();
	const conf = {
		'spark.executor.memory': '512m',
		'spark.executor.extraJavaOptions': JAVA_OPTIONS,
		'spark.driver.extraJavaOptions': JAVA_OPTIONS,
		'spark.log.level': 'WARN',
		'spark.sql.shuffle.partitions': '6',
		'spark.ui.port': port,
		'spark.ui.liveUpdate.period': '50ms',
		'spark.local.dir': join(folder, 'local'),
		'spark.eventLog.enabled': 'true',
		'spark.eventLog.dir': `file:${log}`,
		'spark.eventLog.rolling.enabled': 'false',
		'spark.eventLog.compress': 'false'
	};
	const job = runProgram(
		folder,
		spark.submit,
		[
			...['--master', `local-cluster[${EXECUTORS},1,1024]`],
			...Object.entries(conf).flatMap(([name, value]) => ['--conf', `${name}=${value}`]),
			...['--archives', `${archive}#bpe-lab`],
			script,
			...args,
			...['--bpe-lab', `${process.execPath} bpe-lab/package/dist/cli/bin.js`]
		],
		'',
		{ ...spark.env, SPARK_WORKER_DIR: join(folder, 'work') }
	);
	let hasEnded = false;
	void job.finally(() => (hasEnded = true));
	const killed = await killExecutor(port, () => hasEnded);
	const outcome = await job;
	return { ...outcome, killed, lostTasks: countLost(log, killed) };
}

interface Executor {
	readonly id: string;
	readonly activeTasks: number;
	readonly completedTasks: number;
}

/**
 * Kills an executor that is counting, once some other tasks have finished. @returns the executor's id; `null` if the
 * job ended first
 */
async function killExecutor(port: number, hasEnded: () => boolean): Promise<string | null> {
	const ask = async <T>(path: string): Promise<T | null> => {
		const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`).catch(() => null);
		// While starting, Spark responds with plain text.
		const isJson = response?.headers.get('content-type')?.startsWith('application/json');
		return response?.ok && isJson ? ((await response.json()) as T) : null;
	};
	while (!hasEnded()) {
		const [application] = (await ask<{ id: string }[]>('applications')) ?? [];
		const all = application && (await ask<Executor[]>(`applications/${application.id}/executors`));
		const executors = (all ?? []).filter(({ id }) => id !== 'driver');
		const ended = executors.reduce((sum, { completedTasks }) => sum + completedTasks, 0);
		const chosen = executors.find(({ activeTasks }) => activeTasks > 0);
		if (chosen && ended >= TASKS_BEFORE_KILL) {
			const pid = processOf(application.id, chosen.id);
			if (pid !== null) {
				process.kill(pid, 'SIGKILL');
				return chosen.id;
			}
		}
		await new Promise((next) => setTimeout(next, POLL_MS));
	}
	return null;
}

function processOf(application: string, executor: string): number | null {
	const list = execute('ps', ['-ww', '-eo', 'pid=,args=']);
	const line = list.split('\n').find(
		(one) =>
			// Exclude the worker's shell and launcher.
			/^\s*\d+ \S*java /.test(one) &&
			one.includes('CoarseGrainedExecutorBackend') &&
			one.includes(`--app-id ${application}`) &&
			one.includes(`--executor-id ${executor} `)
	);
	return line === undefined ? null : Number(/\d+/.exec(line)?.[0]);
}

interface SparkEvent {
	readonly Event: string;
	readonly 'Task End Reason'?: { readonly Reason: string; readonly 'Executor ID'?: string };
}

/** Number of tasks lost with an executor, according to the job's log. */
function countLost(log: string, killed: string | null): number {
	const events = readdirSync(log).flatMap((name) =>
		readFileSync(join(log, name), 'utf8')
			.split('\n')
			.filter((line) => line !== '')
			.map((line) => JSON.parse(line) as SparkEvent)
	);
	const lost = events.filter((event) => {
		const reason = event['Task End Reason'];
		return reason?.Reason === 'ExecutorLostFailure' && reason['Executor ID'] === killed;
	});
	return lost.length;
}
