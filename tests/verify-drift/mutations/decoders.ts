import { byteLevel, metaspace, replace, strip } from '../../support/spec-parts';
import type { Mutation, Stage, TokenizerJson } from '../types';
import { StageMutations } from './stage-steps';

export function decoderMutations(file: TokenizerJson): Mutation[] {
	const mutations = new StageMutations(file, 'decoder');
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
		['no effect', 'Strip of nothing', strip(' ', 0, 0)],
		['D2', 'Strip of a letter', strip('a', 1, 0)],
		['D2', 'digits joined', replace({ Regex: '(?<=[0-9]) (?=[0-9])' }, '')],
		['D2', 'a space before a full stop', replace({ String: ' .' }, '.')],
		['D2', 'spaces', replace({ String: ' ' }, '')],
		['D3', 'the thin space', replace({ String: '\u2009' }, ' ')],
		['D5', 'a hundred spaces', replace({ Regex: ' {100,}' }, ' ')],
		['no effect', 'a character that is none', replace({ String: '\u{10ffff}\u{10fffe}' }, 'x')],
		['no effect', 'a replacement by itself', replace({ String: 'q' }, 'q')],
		...some.map(({ content }): readonly [string, string, Stage] => [
			'D2',
			`${content} replaced`,
			replace({ String: content }, '')
		]),
		['unread stage', 'WordPiece', { type: 'WordPiece', prefix: '##', cleanup: true }],
		['unread stage', 'BPEDecoder', { type: 'BPEDecoder', suffix: '</w>' }]
	];
	for (const [className, name, step] of added) mutations.lastAndFirst(className, name, step);
	for (const [i, { type }] of mutations.steps.entries()) {
		mutations.without('D2', i);
		mutations.twice('D2', i);
		mutations.earlier('D2', i);
		if (type === 'Strip') {
			for (const ends of ['0, 0', '2, 0', '1, 1', '0, 1', '9, 0']) {
				const [start, stop] = ends.split(', ').map(Number);
				mutations.fields('D2', `Strip ${ends}`, i, { start, stop });
			}
			mutations.fields('D2', 'Strip of ▁', i, { content: '▁' });
		}
		if (type === 'Replace') {
			for (const content of ['', '  ', '_'])
				mutations.fields('D2', `content ${JSON.stringify(content)}`, i, { content });
			mutations.fields('equal', 'Replace by a regex', i, { pattern: { Regex: '▁' } });
			mutations.fields('D2', 'Replace of two', i, { pattern: { String: '▁▁' } });
		}
		if (type === 'ByteLevel') {
			const nameOf = (flag: string) => `${flag} turned in ByteLevel`;
			mutations.turn('no effect', nameOf, i, 'add_prefix_space', 'trim_offsets', 'use_regex');
		}
	}
	if (file.decoder) {
		mutations.set('D2', 'null', { decoder: null });
		mutations.inSequence();
		mutations.set('refused', 'an unknown type', { decoder: { type: 'Bytes' } });
	}
	return mutations.list;
}
