/** Judges the pairs of one job after another. */
import { join } from 'node:path';
import { CACHE } from './cache';
import { pairsOf, type Job } from './jobs';
import { NativeJudge } from './native';
import { PairJudge, type Outcome } from './pair-judge';

export type WorkerMessage =
	| { readonly kind: 'ready' }
	| { readonly kind: 'started'; readonly id: string; readonly class: string; readonly name: string }
	| { readonly kind: 'outcome'; readonly outcome: Outcome }
	| { readonly kind: 'done' };

const [program, work, comparedShare, number] = process.argv.slice(2);
const native = new NativeJudge(program);
const judge = new PairJudge(
	native,
	join(work, number),
	join(CACHE, `labels/${process.pid}.jsonl`),
	program,
	Number(comparedShare)
);

const send = (message: WorkerMessage): void => void process.send?.(message);

async function run(job: Job): Promise<void> {
	for (const pair of pairsOf(job)) {
		send({ kind: 'started', id: pair.id, class: pair.class, name: pair.name });
		send({ kind: 'outcome', outcome: await judge.judge(pair) });
	}
	send({ kind: 'done' });
}

process.on('message', (job: Job) => {
	run(job).catch((error: unknown) => {
		console.error(error);
		process.exit(1);
	});
});
process.on('disconnect', () => {
	native.close();
	process.exit(0);
});
send({ kind: 'ready' });
