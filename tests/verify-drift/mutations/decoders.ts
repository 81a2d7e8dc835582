import type { Mutation, Stage, TokenizerJson } from '../types';
import {
	byteLevel,
	change,
	metaspace,
	replace,
	sequenceOf,
	stepsOf,
	withField,
	withSteps
} from './stage-steps';

const strip = (content: string, start: number, stop: number): Stage => ({
	type: 'Strip',
	content,
	start,
	stop
});

export function decoderMutations(file: TokenizerJson): Mutation[] {
	const steps = stepsOf(file, 'decoder');
	const to = (className: string, name: string, other: readonly Stage[]) =>
		change(className, `decoder: ${name}`, () => withSteps(file, 'decoder', other));
	const some = file.added_tokens.filter(
		(_, i, all) => i % Math.max(1, Math.floor(all.length / 5)) === 0
	);
	const added: readonly (readonly [string, string, Stage])[] = [
		['D2', 'Fuse', { type: 'Fuse' }],
		['D2', 'ByteFallback', { type: 'ByteFallback' }],
		['D2', 'ByteLevel', byteLevel()],
		['D2', 'Metaspace', metaspace()],
		['D2', 'Metaspace, never prepended', metaspace({ prepend_scheme: 'never' })],
		['D2', 'Strip of a leading space', strip(' ', 1, 0)],
		['D2', 'Strip of two leading spaces', strip(' ', 2, 0)],
		['D2', 'Strip of a trailing space', strip(' ', 0, 1)],
		['D2', 'Strip of a line feed', strip('\n', 0, 1)],
		['no effect', 'Strip of nothing', strip(' ', 0, 0)],
		['D2', 'Strip of a letter', strip('a', 1, 0)],
		['D2', 'digits joined', replace({ Regex: '(?<=[0-9]) (?=[0-9])' }, '')],
		['D2', 'a space before a full stop', replace({ String: ' .' }, '.')],
		['D2', "a space before n't", replace({ String: " n't" }, "n't")],
		['D2', 'spaces', replace({ String: ' ' }, '')],
		['D2', 'tabs', replace({ String: '\t' }, ' ')],
		['D3', 'the thin space', replace({ String: '\u2009' }, ' ')],
		['D1', 'the era sign', replace({ String: '㋿' }, '令和')],
		['D5', 'a hundred spaces', replace({ Regex: ' {100,}' }, ' ')],
		['no effect', 'a character that is none', replace({ String: '\u{10ffff}\u{10fffe}' }, 'x')],
		['no effect', 'a replacement by itself', replace({ String: 'q' }, 'q')],
		...some.map(({ content }): readonly [string, string, Stage] => [
			'D2',
			`${content} replaced`,
			replace({ String: content }, '')
		]),
		['unread stage', 'WordPiece', { type: 'WordPiece', prefix: '##', cleanup: true }],
		['unread stage', 'BPEDecoder', { type: 'BPEDecoder', suffix: '</w>' }],
		[
			'unread stage',
			'CTC',
			{ type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: true }
		]
	];
	const mutations: Mutation[] = [];
	for (const [className, name, step] of added) {
		mutations.push(to(className, `${name} last`, [...steps, step]));
		if (steps.length > 0) mutations.push(to(className, `${name} first`, [step, ...steps]));
	}
	for (const [i, step] of steps.entries()) {
		mutations.push(
			to(
				'D2',
				`without ${step.type} ${i}`,
				steps.filter((_, j) => j !== i)
			),
			to('D2', `${step.type} ${i} twice`, [...steps.slice(0, i), step, ...steps.slice(i)])
		);
		if (i > 0)
			mutations.push(
				to('D2', `${step.type} ${i} one earlier`, steps.with(i, steps[i - 1]).with(i - 1, step))
			);
		if (step.type === 'Strip') {
			for (const [start, stop] of [
				[0, 0],
				[2, 0],
				[1, 1],
				[0, 1],
				[9, 0]
			])
				mutations.push(
					to('D2', `Strip ${start}, ${stop}`, steps.with(i, { ...step, start, stop }))
				);
			mutations.push(to('D2', 'Strip of ▁', steps.with(i, withField(step, 'content', '▁'))));
		}
		if (step.type === 'Replace') {
			for (const content of ['', '  ', '_'])
				mutations.push(
					to(
						'D2',
						`content ${JSON.stringify(content)}`,
						steps.with(i, withField(step, 'content', content))
					)
				);
			mutations.push(
				to('equal', 'Replace by a regex', steps.with(i, withField(step, 'pattern', { Regex: '▁' })))
			);
			mutations.push(
				to('D2', 'Replace of two', steps.with(i, withField(step, 'pattern', { String: '▁▁' })))
			);
		}
		if (step.type === 'ByteLevel') {
			for (const field of ['add_prefix_space', 'trim_offsets', 'use_regex']) {
				mutations.push(
					to(
						'no effect',
						`${field} turned in ByteLevel`,
						steps.with(i, withField(step, field, step[field] !== true))
					)
				);
			}
		}
	}
	const { decoder } = file;
	if (decoder) {
		mutations.push(
			change('D2', 'decoder: null', () => ({ ...file, decoder: null })),
			change('formatting', 'decoder: in a Sequence', () => ({
				...file,
				decoder: sequenceOf('decoder', [decoder])
			})),
			change('refused', 'decoder: an unknown type', () => ({ ...file, decoder: { type: 'Bytes' } }))
		);
	}
	return mutations;
}
