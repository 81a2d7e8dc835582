import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { specFromTiktoken } from './formats/tiktoken';
import { IntBuffer } from './structures/int-buffer';
import { tokenAt, vocabularySize } from './structures/vocabulary';
import { createBpeModel } from './model/bpe';
import { mergeTrees, type MergeNode } from './model/merge-tree';
import { TokenBuffers, type BpeModel } from './model/types';

const require = createRequire(import.meta.url);
const { Tiktoken } = require('tiktoken');

function encode(model: BpeModel, pretoken: Uint8Array): number[] {
	const [pretokenEnds, ids, ends, dropped] = Array.from({ length: 4 }, () => new IntBuffer(8));
	pretokenEnds.push(pretoken.length);
	model.encodePretokens(
		pretoken,
		0,
		pretokenEnds,
		0,
		1,
		new TokenBuffers(ids, ends, null, dropped)
	);
	return [...ids.toArray()];
}

/** A small random generator (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
	return (below) => {
		seed = (seed + 0x6d2b79f5) | 0;
		let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
	};
}

const ALPHABETS = [
	'a',
	' ',
	'ab',
	'etaoinshr',
	'一丁七万丈三上下',
	'กขคงาิี',
	' \n\t',
	'=-_#',
	'😀é中a '
];

describe.each(['gpt2', 'cl100k_base', 'o200k_base'])('%s', (name) => {
	const ranks = require(`js-tiktoken/ranks/${name}`);
	const { bpe_ranks } = require(`tiktoken/encoders/${name}.json`);
	const { model: spec } = specFromTiktoken(ranks.default ?? ranks);
	const model = createBpeModel(spec);

	it('encodes long pre-tokens as native tiktoken does', () => {
		// The pattern makes any text one pre-token.
		const native = new Tiktoken(bpe_ranks, {}, '[\\s\\S]+');
		const seed = 20261125;
		const random = randomFrom(seed);
		for (let run = 0; run < 1500; run++) {
			const alphabet = [...ALPHABETS[random(ALPHABETS.length)]];
			const length = 20 + random(run % 50 === 0 ? 3000 : 200);
			const text = Array.from({ length }, () => alphabet[random(alphabet.length)]).join('');
			const got = encode(model, new TextEncoder().encode(text));
			const expected = [...native.encode_ordinary(text)];
			expect(got, `seed ${seed}, run ${run}: ${JSON.stringify(text)}`).toEqual(expected);
		}
		native.free();
	});

	it('has a tree of merges for every token, whose parts are its bytes', () => {
		let whole = 0;
		for (let id = 0; id < vocabularySize(spec.vocabulary); id++) {
			const bytes = tokenAt(spec.vocabulary, id);
			if (bytes.length === 0) continue;
			const trees = mergeTrees(model, bytes);
			if (trees.length !== 1 || trees[0].id !== id) throw new Error(`token ${id} has no tree`);
			if (!partsAreBytes(trees[0])) throw new Error(`the tree of token ${id} has a hole`);
			if (trees[0].merge === null && bytes.length > 1) whole++;
		}
		// No token needs tiktoken's rule for pre-tokens that are tokens.
		expect(whole).toBe(0);
	});
});

/** Whether each node covers exactly its children. */
function partsAreBytes(node: MergeNode): boolean {
	if (!node.merge) return true;
	const { left, right } = node.merge;
	return (
		left.start === node.start &&
		left.end === right.start &&
		right.end === node.end &&
		partsAreBytes(left) &&
		partsAreBytes(right)
	);
}
