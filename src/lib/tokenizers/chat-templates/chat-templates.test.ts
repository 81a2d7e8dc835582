import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { CATALOGUE } from '../catalogue';
import { loadChatTemplate } from '.';

const SOURCES = readFileSync(join(import.meta.dirname, 'SOURCES.md'), 'utf8');
const PACKAGES = join(import.meta.dirname, '../../../../node_modules');
const FILES = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.jinja'));

const TEMPLATES = CATALOGUE.flatMap(({ id, bos, chatTemplate }) =>
	chatTemplate && 'file' in chatTemplate ? [{ id, bos, ...chatTemplate }] : []
);

const readTemplate = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

/** Cells of the row about `file` in SOURCES.md, without backticks. */
function rowOf(file: string): string[] {
	const line = SOURCES.split('\n').find((row) => row.includes(`\`${file}\``)) ?? '';
	return line.split('|').map((cell) => cell.replaceAll('`', '').trim());
}

/** Matches anything spelled like a special token: `<|name|>`, `<name>`, `[NAME]`. */
const NAMES = /<[^\s<>'\\]+>|\[\/?[A-Zg]+[A-Z_]+\]/g;

/** Matches in the templates that aren't special tokens, with the reason. */
const OTHER_NAMES: Readonly<Record<string, RegExp>> = {
	// Tags that the models learned as ordinary text, and placeholders in examples of calls.
	'qwen2.5.jinja': /^<([/]?tools|function-name|args-json-object|[/]?tool_response)>$/,
	'qwen3.jinja': /^<([/]?tools|function-name|args-json-object)>$/,
	'qwen3.5.jinja': /^<([/]?(tools|IMPORTANT)|[/]?(function|parameter)(=[a-z_.]+(_[12])?)?)>$/,
	'glm-4.5.jinja': /^<[/]?tools>$/,
	'glm-5.jinja': /^<[/]?tools>$/,
	// A comment refers to the channel "final" this way. There is no such token.
	'o200k_harmony.jinja': /^<[|]final[|]>$/,
	// Kimi K2 has no images. Later models call 163602 <|media_begin|>.
	'kimi-k2.jinja': /^<[|]media_start[|]>$/,
	'minimax-m1.jinja': /^<([/]?tools|[/]?tool_calls|tool-name-1|args-json-object-1)>$/
};

describe('the chat templates', () => {
	it('have one descriptor per file, or say why there is none', () => {
		expect(TEMPLATES.map(({ file }) => file).toSorted()).toEqual(FILES.toSorted());
		const notes = CATALOGUE.flatMap(({ chatTemplate }) =>
			chatTemplate && 'absent' in chatTemplate ? [chatTemplate.absent] : []
		);
		expect(notes.length).toBeGreaterThan(0);
		expect(notes.filter((note) => !/^[A-Z].*[.]$/.test(note))).toEqual([]);
	});
});

describe.each(TEMPLATES)('$file', ({ id, bos, file, model, eos, source, asOf }) => {
	const text = readTemplate(file);

	it('is the file that SOURCES.md names, of the model that the descriptor names', async () => {
		const sha256 = createHash('sha256').update(text).digest('hex');
		expect(rowOf(file).slice(1, 3)).toEqual([file, model]);
		expect(rowOf(file)[5]).toBe(sha256);
		await expect(loadChatTemplate(file)).resolves.toBe(text);
		expect(source).toMatch(/^https:/);
		expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
	});

	it('equals the one in the package that is installed', () => {
		const name = /^npm (\S+)/.exec(rowOf(file)[3])?.[1];
		if (name === undefined) return;
		const config = readFileSync(join(PACKAGES, name, 'models/tokenizer_config.json'), 'utf8');
		expect(source).toContain(name);
		expect(JSON.parse(config).chat_template).toBe(text);
	});

	it('names special tokens that its vocabulary has once', () => {
		const { added_tokens, model } = packedSpec(id);
		const tokens = [...added_tokens, ...(model.foreign_tokens ?? [])];
		const idsOf = (name: string) => tokens.filter(({ content }) => content === name).length;
		const names = new Set(text.match(NAMES));
		if (text.includes('bos_token')) names.add(bos ?? '');
		if (text.includes('eos_token')) names.add(eos ?? '');
		const others = [...names].filter((name) => idsOf(name) !== 1);
		expect(others.filter((name) => !OTHER_NAMES[file]?.test(name))).toEqual([]);
		expect(others.length).toBeLessThan(names.size);
	});
});
