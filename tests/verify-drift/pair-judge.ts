/** Compares native's label of a pair with the judge's verdict. */
import { createHash } from 'node:crypto';
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
	judge,
	readTokenizerFile,
	type DriftReport,
	type RefusalReport,
	type Witness
} from '../../src/lib/drift';
import { createTokenizer, parseTokenizerJson } from '../../src/lib/engine';
import { commandLineVerdict, pageVerdict } from '../support/page-verdict';
import type { NativeJudge } from './native';
import { reproduceWithTransformers, transformersWitness } from './transformers-js';
import type { Label, NativeWitness, TokenizerJson, Truth } from './types';

export interface Pair {
	readonly id: string;
	readonly class: string;
	readonly name: string;
	readonly a: string;
	readonly b: string;
	readonly probes?: readonly string[];
}

export interface Outcome {
	readonly id: string;
	readonly class: string;
	readonly name: string;
	readonly truth: Truth;
	/** Native's message, or how the pair was found to be real. */
	readonly words: string | null;
	readonly nativeWitness: NativeWitness | null;
	/** Why the lab's engine cannot read B; `null` if it can. */
	readonly unread: string | null;
	/** `null` if the judge threw. */
	readonly verdict: DriftReport['verdict'] | null;
	readonly error: string | null;
	/** Verdicts of page and command line if they differ, `''` if they are the same; `null` if they were not compared. */
	readonly pageDiffers: string | null;
	/** Whether both fingerprints are equal; `null` if one of the files has none, because the engine cannot read it. */
	readonly sameFingerprint: boolean | null;
	/** Parts of the fingerprint that differ. */
	readonly fingerprintParts: readonly string[];
	readonly witnesses: number;
	/** Witnesses that do not reproduce, with reasons. */
	readonly wrong: readonly string[];
	readonly judgeMs: number;
	readonly labelMs: number;
}

/** Verdicts below silent, which pass the gate. */
export const passes = ({ verdict }: Outcome): boolean =>
	verdict !== null && verdict !== 'silent' && verdict !== 'crash';

/** Native's messages on files whose JSON is as it expects: about a regular expression, or about running the file. */
const UNSEEN = /regex|oniguruma|pattern/i;

/**
 * Whether only native itself can tell that it does not run B: it stops on B, or refuses it for a reason that the file does
 * not show. The verdict names such a check as not run.
 */
export const isUndecided = (outcome: Outcome): boolean =>
	passes(outcome) &&
	(outcome.truth === 'aborts' || (outcome.truth === 'refused' && UNSEEN.test(outcome.words ?? '')));

const MUST_STOP: readonly Truth[] = ['real', 'refused', 'aborts'];
export const mustStop = (outcome: Outcome): boolean =>
	MUST_STOP.includes(outcome.truth) && !isUndecided(outcome);

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Judges pairs. Labels depend only on the two files and the probes, so they are cached in a file. */
export class PairJudge {
	readonly #labels = new Map<string, Label>();
	readonly #probes: string;

	/**
	 * @param folder for the two files of a pair
	 * @param labels file for new labels, next to those of other processes
	 * @param program whose text identifies the probes
	 * @param comparedShare of the pairs on which page and command line are compared, always the same ones
	 */
	constructor(
		readonly native: NativeJudge,
		readonly folder: string,
		readonly labels: string,
		program: string,
		readonly comparedShare: number
	) {
		this.#probes = sha1(readFileSync(program, 'utf8'));
		mkdirSync(folder, { recursive: true });
		mkdirSync(dirname(labels), { recursive: true });
		for (const file of readdirSync(dirname(labels))) {
			for (const line of readFileSync(join(dirname(labels), file), 'utf8').split('\n')) {
				if (line === '') continue;
				const { key, label } = JSON.parse(line) as { key: string; label: Label };
				this.#labels.set(key, label);
			}
		}
	}

	async judge(pair: Pair): Promise<Outcome> {
		const paths = this.#write(pair);
		const started = performance.now();
		const label = await this.#label(pair, paths);
		const labelled = performance.now();
		const { report, error } = await judged(pair.a, pair.b);
		const judgeMs = performance.now() - labelled;
		const pageDiffers = this.#isCompared(pair) ? await comparePage(pair) : null;
		const witnesses = witnessesOf(report);
		const fingerprint = fingerprintOf(report);
		// Native has no output for a file that it does not run.
		const runs = label.truth !== 'refused' && label.truth !== 'aborts';
		const reasons = runs
			? await this.#reproduce(pair, paths, witnesses)
			: witnesses.map(() => null);
		const foundReal = witnesses.some(
			({ reference }, i) => reference === 'native' && reasons[i] === null
		);
		const upgraded = foundReal && (label.truth === 'innocent' || label.truth === 'aside');
		return {
			...{ id: pair.id, class: pair.class, name: pair.name },
			truth: upgraded ? 'real' : label.truth,
			words: upgraded ? 'found by the judge' : (label.words ?? null),
			nativeWitness: label.witness ?? null,
			unread: unreadReason(pair.b),
			verdict: report?.verdict ?? null,
			error,
			pageDiffers,
			sameFingerprint: fingerprint && fingerprint.a === fingerprint.b,
			fingerprintParts: fingerprint?.parts ?? [],
			witnesses: witnesses.length,
			wrong: witnesses.flatMap(({ inputs, reference, does }, i) => {
				const shown = `${JSON.stringify(inputs).slice(0, 120)} (${reference}, ${does})`;
				return reasons[i] === null ? [] : [`${shown}: ${reasons[i]}`];
			}),
			judgeMs,
			labelMs: labelled - started
		};
	}

	#isCompared({ id }: Pair): boolean {
		return parseInt(sha1(id).slice(0, 8), 16) < this.comparedShare * 2 ** 32;
	}

	#write({ a, b }: Pair): { a: string; b: string } {
		// A has the same path as long as its text is the same, so native's answers can be reused.
		const paths = { a: join(this.folder, `${sha1(a)}.json`), b: join(this.folder, 'b.json') };
		if (!existsSync(paths.a)) writeFileSync(paths.a, a);
		writeFileSync(paths.b, b);
		return paths;
	}

	async #label(pair: Pair, paths: { a: string; b: string }): Promise<Label> {
		const asksTransformers = ['D7', 'added ids'].includes(pair.class);
		const key = sha1([this.#probes, sha1(pair.a), sha1(pair.b), asksTransformers].join(' '));
		const known = this.#labels.get(key);
		if (known) return known;
		let label = await this.native.label(paths.a, paths.b, pair.probes ?? []);
		if (asksTransformers && label.truth === 'innocent') label = withTransformers(pair, label);
		this.#labels.set(key, label);
		appendFileSync(this.labels, `${JSON.stringify({ key, label })}\n`);
		return label;
	}

	async #reproduce(
		pair: Pair,
		paths: { a: string; b: string },
		witnesses: readonly NativeWitness[]
	): Promise<(string | null)[]> {
		const native = witnesses.filter(({ reference }) => reference === 'native');
		const other = witnesses.filter(({ reference }) => reference !== 'native');
		const fromNative =
			native.length > 0 ? await this.native.reproduce(paths.a, paths.b, native) : [];
		const fromOther = other.length > 0 ? reproduceWithTransformers(pair.a, pair.b, other) : [];
		return witnesses.map((witness) =>
			witness.reference === 'native'
				? fromNative[native.indexOf(witness)]
				: fromOther[other.indexOf(witness)]
		);
	}
}

async function comparePage({ a, b }: Pair): Promise<string> {
	const [page, commandLine] = [await pageVerdict(a, b), await commandLineVerdict(a, b)];
	return page === commandLine ? '' : `page: ${page}, command line: ${commandLine}`;
}

/** Native ignores the ids of added tokens, transformers.js uses them. */
function withTransformers(pair: Pair, label: Label): Label {
	const { added_tokens } = JSON.parse(pair.a) as TokenizerJson;
	const texts = [...(pair.probes ?? []), ...added_tokens.map(({ content }) => content)];
	const witness = transformersWitness(pair.a, pair.b, texts);
	return witness ? { ...label, truth: 'real', witness, words: 'transformers.js only' } : label;
}

const wordsOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);

/** Every input in the report. */
const witnessesOf = (report: DriftReport | RefusalReport | null): readonly Witness[] => {
	if (!report || !('output' in report)) return [];
	const ofFields = report.config.flatMap(({ witness }) => (witness ? [witness] : []));
	return [...new Set([...report.output.witnesses, ...ofFields])];
};

const fingerprintOf = (report: DriftReport | RefusalReport | null) =>
	report && 'fingerprint' in report && report.fingerprint.a !== null ? report.fingerprint : null;

async function judged(
	a: string,
	b: string
): Promise<{ report: DriftReport | RefusalReport | null; error: string | null }> {
	try {
		const report = await judge(await readTokenizerFile(a), await readTokenizerFile(b));
		return { report, error: null };
	} catch (error) {
		return { report: null, error: wordsOf(error).slice(0, 300) };
	}
}

function unreadReason(text: string): string | null {
	try {
		createTokenizer(parseTokenizerJson(JSON.parse(text)));
		return null;
	} catch (error) {
		return wordsOf(error).slice(0, 200);
	}
}
