import { expect, it } from 'vitest';
import { filesOf, hubFolders } from '../../../../tests/support/hub-folders';
import { createTokenizer } from '../../engine';
import { readHubSettings } from './settings';
import { loadAsTransformers, specOf } from './transformers';

const { folders, tokenizers, texts } = hubFolders;

it.each(Object.entries(folders))('loads the folder “%s” as transformers does', (_, folder) => {
	const settings = readHubSettings(filesOf(folder));
	const loaded = loadAsTransformers(tokenizers[folder.base], settings);
	const expected = folder.transformers;
	if (typeof expected === 'string') {
		const encodeAll = () => {
			const tokenizer = createTokenizer(specOf(loaded));
			for (const text of texts) tokenizer.encode(text);
		};
		expect(expected).toMatch(/^error/);
		expect(encodeAll).toThrow();
		return;
	}
	const tokenizer = createTokenizer(specOf(loaded));
	const special = settings.split_special_tokens ? 'text' : 'parse';
	const ids = texts.map((text) => [
		...tokenizer.encode(text, { special, addSpecialTokens: true }).ids
	]);
	expect(ids).toEqual(expected.ids);
	if (!settings.clean_up_tokenization_spaces) {
		expect(expected.ids.map((one) => tokenizer.decode(one))).toEqual(expected.texts);
		expect(expected.ids.map((one) => tokenizer.decode(one, { skipSpecial: true }))).toEqual(
			expected.skipped
		);
	}
	const roles = Object.entries(expected.roles).map(([role, id]) => [`${role}_token`, id]);
	expect(
		Object.entries(loaded.roles)
			.filter(([role]) => role !== 'sep_token' && role !== 'cls_token')
			.map(([role, token]) => [role, token?.id ?? null])
	).toEqual(roles);
});
