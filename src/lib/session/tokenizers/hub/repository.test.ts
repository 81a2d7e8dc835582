import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRepository, parseRepository } from './repository';

const COMMIT = '607a30d783dfa663caf39e06633721c8d4cfcd7e';

describe('parseRepository', () => {
	it.each([
		['openai-community/gpt2', 'openai-community/gpt2', null],
		['  gpt2 ', 'gpt2', null],
		['Qwen/Qwen2.5-0.5B@v1.0', 'Qwen/Qwen2.5-0.5B', 'v1.0'],
		['owner/name@refs/pr/3', 'owner/name', 'refs/pr/3'],
		['https://huggingface.co/openai-community/gpt2', 'openai-community/gpt2', null],
		['https://hf.co/openai-community/gpt2/', 'openai-community/gpt2', null],
		['hf://openai-community/gpt2', 'openai-community/gpt2', null],
		['https://huggingface.co/gpt2/tree/main', 'gpt2', 'main'],
		['https://huggingface.co/owner/name/tree/refs%2Fpr%2F3', 'owner/name', 'refs/pr/3'],
		[
			`https://huggingface.co/owner/name/blob/${COMMIT}/tokenizer.json?x=1#L3`,
			'owner/name',
			COMMIT
		],
		['https://huggingface.co/owner/name/resolve/main/sub/tokenizer.json', 'owner/name', 'main']
	])('reads %s', (typed, repository, revision) => {
		expect(parseRepository(typed)).toEqual({ repository, revision });
	});

	it.each([
		['', /^got "", expected owner\/name/],
		['a/b/c', /expected owner\/name/],
		['owner/na me', /expected owner\/name/],
		['../etc/passwd', /expected owner\/name/],
		['owner/name@', /expected owner\/name/],
		['https://example.org/owner/name', /expected owner\/name/],
		['https://huggingface.co/datasets/owner/name', /expected owner\/name/]
	])('refuses "%s" in one line', (typed, reason) => {
		expect(() => parseRepository(typed)).toThrow(reason);
	});

	it('accepts nothing that could leave the path of its repository', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'aZ0-_./@:#?%\\ é') }), (typed) => {
				let repository: string;
				try {
					({ repository } = parseRepository(typed));
				} catch {
					return;
				}
				const { origin, pathname } = new URL(`/api/models/${repository}/x`, 'https://hub.example');
				expect(origin).toBe('https://hub.example');
				expect(pathname).toBe(`/api/models/${repository}/x`);
			})
		);
	});
});

describe('isRepository', () => {
	it('knows the rules of the Hub', () => {
		expect(['a', 'a/b', '01-ai/Yi-34B', 'a_b/c.d-e'].every(isRepository)).toBe(true);
		const wrong = ['', '/', 'a/', '/b', '-a/b', 'a/b.', 'a--b', 'a..b', 'a/b.git', 'a/b/c', 'é/b'];
		expect(wrong.filter(isRepository)).toEqual([]);
	});
});
