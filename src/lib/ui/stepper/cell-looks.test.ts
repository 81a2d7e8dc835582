import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellLooks, classesOf, slotOf, type StepLook } from './cell-looks';
import { lettersOf } from './letters';

const none = { joints: new Uint32Array(0), focus: null, active: -1, focused: false };

function looksOf(text: string, starts: readonly number[], more: Partial<StepLook> = {}) {
	const document = new TextEncoder().encode(text);
	const byteStarts = Uint32Array.from(starts);
	const byteEnds = Uint32Array.from([...starts.slice(1), document.length]);
	const letters = lettersOf(document, { start: 0, end: document.length });
	const encoding = { ids: byteStarts.map((start, i) => byteEnds[i] - start), byteStarts, byteEnds };
	return { letters, ...cellLooks(letters, { ...none, encoding, anchors: byteStarts, ...more }) };
}

/** Cells that are drawn, as byte and classes without the tint. */
function cells({ looks }: { looks: Int32Array }): string[] {
	return Array.from(looks, (look, slot) => {
		const name = classesOf(look).replace(/ h\d l\d/, '');
		return look === 0 ? '' : `${Math.floor(slot / 2)}${slot % 2 === 1 ? 'b' : ''}${name}`;
	}).filter((cell) => cell !== '');
}

describe('cellLooks', () => {
	it('gives each letter of a token one look, with its ends', () => {
		expect(cells(looksOf('abc', [0, 2]))).toEqual(['0 start', '1 end', '2 start end']);
	});

	it('takes a letter apart where a token ends inside it', () => {
		const looks = looksOf('a好', [0, 3]);
		expect(cells(looks)).toEqual(['0 start', '1b', '2b end', '3b start end']);
		expect([...looks.cut]).toEqual([0, 1]);
	});

	it('marks what was made, also where the joint lies before what is in view', () => {
		const joints = Uint32Array.of(1);
		expect(cells(looksOf('abc', [0, 2], { joints }))).toEqual([
			'0 start made',
			'1 end made joint',
			'2 start end'
		]);
		const letters = lettersOf(new TextEncoder().encode('abc'), { start: 2, end: 3 });
		const encoding = {
			ids: Uint32Array.of(7),
			byteStarts: Uint32Array.of(0),
			byteEnds: Uint32Array.of(3)
		};
		const looks = cellLooks(letters, { ...none, encoding, anchors: Uint32Array.of(0), joints });
		expect(cells(looks)).toEqual(['0 end made']);
	});

	it('outlines the token that has the keyboard, others of its id, and linked bytes', () => {
		const more = { active: 1, focused: true, focus: { start: 3, end: 4 } };
		expect(cells(looksOf('abcd', [0, 1, 2], more))).toEqual([
			'0 start end same',
			'1 start end here',
			'2 start linked',
			'3 end linked'
		]);
	});

	it('begins every token exactly once, wherever tokens are cut', () => {
		const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
		fc.assert(
			fc.property(text, fc.array(fc.boolean(), { minLength: 120 }), (string, flags) => {
				const size = new TextEncoder().encode(string).length;
				const starts = [...Array(size).keys()].filter((byte) => byte === 0 || flags[byte]);
				const { heads, letters, looks } = looksOf(string, starts);
				const begun = [...heads].filter((token) => token >= 0);
				expect(begun).toEqual(starts.map((_, token) => token));
				// A byte is drawn by its letter or by itself, never by both.
				for (const { byte, bytes } of letters) {
					const parts = Array.from({ length: bytes }, (_, i) => looks[slotOf(byte + i, 0) + 1]);
					const whole = looks[slotOf(byte, 0)] !== 0;
					expect(parts.map((part) => part !== 0)).toEqual(parts.map(() => !whole));
				}
			})
		);
	});
});
