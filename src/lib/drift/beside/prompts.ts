import { nothing, silent, type FolderPair } from './folders';
import { describeGeneration, describeTemplates, fileNotCompared, SAME } from './messages';
import { MORE_TEMPLATES } from '../../tokenizers/files/recognize';
import { GENERATION_FIELDS, parseObject, type HubFiles } from './settings';
import { canonicalJson } from '../equal';

/** Compares the chat templates as Jinja reads them, each under its name. */
export function compareTemplates(pair: FolderPair): void {
	const { filesA, filesB } = pair;
	const [a, b] = [pair.a.templates, pair.b.templates];
	const isSilent = (files: HubFiles, templates: typeof a) =>
		templates.size === 0 && !files.has('tokenizer_config.json');
	// A side without the files that may hold a template says nothing about it.
	if (isSilent(filesA, a) || isSilent(filesB, b)) {
		if (a.size + b.size > 0)
			pair.notes.push(fileNotCompared('The chat template', a.size > 0 ? 'A' : 'B'));
		return;
	}
	const fileOf = (name: string) =>
		[`${MORE_TEMPLATES}/${name}.jinja`, name, 'chat_template.jinja'].find(
			(file) => filesA.has(file) || filesB.has(file)
		) ?? 'tokenizer_config.json';
	let isSame = true;
	for (const name of new Set([...a.keys(), ...b.keys()])) {
		const [inA, inB] = [a.get(name), b.get(name)];
		if (inA === inB) continue;
		isSame = false;
		const sentence = describeTemplates(inA, inB);
		pair.differences.push({
			file: fileOf(name),
			field: name === 'default' ? 'chat_template' : `chat_template[${JSON.stringify(name)}]`,
			a: inA === undefined ? null : JSON.stringify(inA),
			b: inB === undefined ? null : JSON.stringify(inB),
			...(inA === undefined ? nothing('harmless', sentence) : silent('prompt', sentence))
		});
	}
	if (isSame && writtenTemplates(filesA) !== writtenTemplates(filesB)) {
		const change = nothing('formatting-only', SAME);
		pair.differences.push({
			file: fileOf('default'),
			field: 'chat_template',
			a: null,
			b: null,
			...change
		});
	}
}

const writtenTemplates = (files: HubFiles): string =>
	canonicalJson([
		[...files].filter(([path]) => path.endsWith('.jinja')).sort(),
		parseObject(files, 'tokenizer_config.json').get('chat_template').value ?? null
	]);

/** Compares the ids with which generation begins, ends and fills a text. */
export function compareGeneration(pair: FolderPair): void {
	const file = 'generation_config.json';
	for (const field of GENERATION_FIELDS) {
		if (!pair.differ(file, field)) continue;
		const [a, b] = [pair.a.generation?.[field] ?? [], pair.b.generation?.[field] ?? []];
		const change =
			canonicalJson(a) === canonicalJson(b)
				? nothing('formatting-only', SAME)
				: silent('generation', describeGeneration(field, a, b));
		pair.add(file, field, change);
	}
}
