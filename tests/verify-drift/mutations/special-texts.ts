import { replace, split, type StageName } from '../../support/spec-parts';
import type { Mutation, Stage, TokenizerJson } from '../types';
import { change, stepsOf, withSteps } from './stage-steps';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Adds rules that affect the text next to a special token, or the token's own text when read as ordinary text. */
export function specialTextMutations(file: TokenizerJson): Mutation[] {
	const special = file.added_tokens.filter((token) => token.special);
	return [special[0], special.at(-1)].flatMap((token, i) => {
		if (!token || (i > 0 && token === special[0])) return [];
		const { content } = token;
		const pattern = escaped(content);
		const first = (stage: StageName, name: string, step: Stage) =>
			change(
				'special tokens as text',
				`${stage}: ${name} ${content}`,
				() => withSteps(file, stage, [step, ...stepsOf(file, stage)]),
				[content, `${content}\n`, `a ${content}\n\nb`, `\n${content}a`, `${content} ${content}`]
			);
		const without = (regex: string) => replace({ Regex: regex }, '');
		return [
			first('normalizer', 'no line feed after', without(`(?<=${pattern})\\n`)),
			first('normalizer', 'no line feed before', without(`\\n(?=${pattern})`)),
			first('normalizer', 'a letter after', replace({ Regex: `(?<=${pattern})a` }, 'b')),
			first('normalizer', 'nothing for', replace({ String: content }, '')),
			first('normalizer', 'the last character cut off', without(`(?<=${pattern.slice(0, -1)}).`)),
			first('pre_tokenizer', 'split at', split({ String: content })),
			first('pre_tokenizer', 'removed', split({ String: content }, 'Removed')),
			first('pre_tokenizer', 'split after', split({ Regex: `(?<=${pattern})\\s` })),
			first('decoder', 'nothing for', replace({ String: content }, '')),
			first('decoder', 'brackets for', replace({ String: content }, '[]'))
		];
	});
}
