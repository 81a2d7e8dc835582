/** A process that labels and judges pairs. The first message says that the process is ready. */
import { judgePair, withTransformers, type Outcome } from './judge-pair';
import { labelOf } from './native';
import type { Label, Pair } from './types';

export interface Task {
	readonly pair: Pair;
	/** The label; `null` if it isn't known yet. */
	readonly label: Label | null;
	readonly isCompared: boolean;
}

export type Answer =
	| { readonly label: Label }
	| { readonly outcome: Outcome }
	| { readonly error: string }
	| { readonly isReady: true };

const send = (answer: Answer): void => void process.send?.(answer);

async function run({ pair, label, isCompared }: Task): Promise<void> {
	let known = label;
	if (!known) {
		known = await withTransformers(pair, await labelOf(pair.a, pair.b, pair.probes ?? []));
		send({ label: known });
	}
	send({ outcome: await judgePair(pair, known, isCompared) });
}

process.on('message', (task: Task) => {
	run(task).catch((error: unknown) =>
		send({ error: String(error instanceof Error ? error.stack : error) })
	);
});
process.on('disconnect', () => process.exit(0));
send({ isReady: true });
