import { expect, it } from 'vitest';
import { applyEdits } from '../../src/lib/drift/edits/apply';
import { evaluateCase, programOf } from '../../src/lib/drift/cases/evaluate';
import type { CaseInput, CaseSide, SideOutcome } from '../../src/lib/drift/cases/types';
import { DRIFT_CASES } from '../../src/lib/features/drift/cases/cases';
import type { DriftCase } from '../../src/lib/features/drift/cases/types';
import { createTokenizer, NoTokenError } from '../../src/lib/engine';
import { nativeLibrary } from '../support/native-library';
import { nativeSide, type NativeProgram } from '../support/native-sides';
import { TIKTOKEN_RANKS } from '../support/native-tokenizers';
import { packedSpec, packedTokenizer } from '../support/packed-tokenizers';

/**
 * Registers one test for each of a tokenizer's gallery cases. The test compares each side's ids and text with those
 * from a reference implementation. Sides that run in a JavaScript library aren't compared.
 */
export function testCases(tokenizer: string): void {
	// Sort cases with the same sides next to each other, so that their tokenizers are built only once.
	const cases = DRIFT_CASES.filter(
		({ a, b }) => a.tokenizer === tokenizer && (b.library || hasReference(b))
	).toSorted((one, other) =>
		JSON.stringify([one.a, one.b]).localeCompare(JSON.stringify([other.a, other.b]))
	);
	it.each(cases.map((one) => [one.slug, one] as const))(
		'%s is as in the reference',
		async (_, one) => {
			const a = nativeSide(one.a);
			const b = one.b.library ? null : nativeSide(one.b);
			const ours = evaluateCase(one, {
				...{ a: engine(one.a), b: engine(one.b) },
				isCaseError: isNoToken
			});
			const theirs = await expected(one, a, b);
			expect(theirs.length).toBeGreaterThan(0);
			for (const { side, ids, reads } of theirs) {
				if (ids) expect(idsOf(ours[side]), `ids of ${side}`).toEqual(ids);
				if (reads !== undefined) expect(ours[side].reads, `text of ${side}`).toBe(reads);
			}
		}
	);
}

const hasReference = ({ tokenizer }: CaseSide): boolean =>
	nativeLibrary !== null || tokenizer in TIKTOKEN_RANKS;

const isNoToken = (error: unknown): error is Error => error instanceof NoTokenError;
const idsOf = ({ tokens }: SideOutcome) => tokens.map(({ id }) => id);

function engine(side: CaseSide) {
	const { tokenizer, edits = [], library } = side;
	if (library) return new Error('not the engine');
	return programOf(
		edits.length === 0
			? packedTokenizer(tokenizer)
			: createTokenizer(applyEdits(packedSpec(tokenizer), edits))
	);
}

interface Expected {
	readonly side: 'a' | 'b';
	readonly ids?: readonly number[];
	readonly reads?: string;
}

async function expected(
	{ task, expect: expectations }: DriftCase,
	a: NativeProgram,
	b: NativeProgram | null
): Promise<Expected[]> {
	const isRead = !expectations.some(({ sees }) => sees === 'no-token');
	const of = async (side: 'a' | 'b', ids: readonly number[], reader?: NativeProgram) => ({
		...{ side, ids },
		...(reader && { reads: await reader.decode(ids) })
	});
	switch (task.does) {
		case 'encode': {
			const sideA = await of('a', await encode(a, task.a), a);
			if (!b) return [sideA];
			return [sideA, await of('b', await encode(b, task.b ?? task.a), isRead ? a : undefined)];
		}
		case 'count':
			if (!b) throw new Error('a count needs two references');
			return [await of('a', await encode(a, task.a)), await of('b', await encode(b, task.a))];
		case 'read': {
			const ids = await encode(a, task.a);
			const sideA = await of('a', ids, a);
			return b ? [sideA, await of('b', ids, b)] : [sideA];
		}
		case 'decode':
			return [{ side: 'a', reads: await a.decode(task.a) }];
		case 'encode-again': {
			const ids = 'text' in task.a ? await encode(a, task.a) : task.a;
			const sideA = await of('a', ids, a);
			if (!b) return [sideA];
			const text = await b.decode(ids);
			return [sideA, { side: 'b', ids: await encode(b, { text }), reads: text }];
		}
	}
}

async function encode(
	program: NativeProgram,
	{ text, special = 'text', bos = false }: CaseInput
): Promise<number[]> {
	const parts = typeof text === 'string' ? [text] : text;
	const ids = await Promise.all(parts.map((part) => program.encode(part, { special, bos })));
	return ids.flat();
}
