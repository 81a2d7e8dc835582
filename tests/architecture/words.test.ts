import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { repositoryFiles } from './tree';

const ROOT = resolve(import.meta.dirname, '../..');
const FILES = repositoryFiles(ROOT).filter((path) => /^src\/.*[.](ts|svelte)$/.test(path));

/** Identifiers that clearer ones replaced, such as `mergedAt` for `deaths`. */
// prettier-ignore
const REPLACED_NAMES: ReadonlySet<string> = new Set([
	'SoughtToken', 'takeOut', 'inOrder', 'withoutIdleUnknown', 'wholeFirst', 'symbolCutter', 'deaths', 'Stretches',
	'Ladder', 'Rung', 'joint', 'StandingCut', 'partingOf', 'otherMeaning', 'isCarried', 'dearest', 'OnTheSpot', 'Spot',
	'Yours', 'Asked', 'Way', 'inTurn', 'breathe', 'PATIENCE', 'GRACE', 'MOST', 'REST', 'FIRST_PAINT', 'look', 'told',
	'Makers', 'writeWhole'
]);

/** Lists the matches of a pattern as `path:line match`. */
function findText(path: string, text: string, pattern: RegExp): string[] {
	return Array.from(text.matchAll(pattern), (match) => {
		const line = text.slice(0, match.index).split('\n').length;
		return `${path}:${line} ${match[0].replace(/\s+/g, ' ')}`;
	});
}

/** Lists the replaced names of a file as `path:line name`. Of a component, checks the script. */
function findReplacedNames(path: string, text: string): string[] {
	const code = path.endsWith('.svelte') ? scriptOf(text) : text;
	const file = ts.createSourceFile(path, code, ts.ScriptTarget.Latest);
	const found: string[] = [];
	const visit = (node: ts.Node) => {
		const name = ts.isIdentifier(node) || ts.isPrivateIdentifier(node) ? node.text : '';
		if (REPLACED_NAMES.has(name.replace('#', ''))) {
			const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
			found.push(`${path}:${line + 1} ${name}`);
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

/** Replaces everything outside the scripts of a component with spaces, so that lines stay the same. */
function scriptOf(text: string): string {
	const blank = (part: string) => part.replace(/[^\n]/g, ' ');
	let code = '';
	let at = 0;
	for (const match of text.matchAll(/(<script[^>]*>)([\s\S]*?)<\/script>/g)) {
		const start = match.index + match[1].length;
		code += blank(text.slice(at, start)) + match[2];
		at = start + match[2].length;
	}
	return code + blank(text.slice(at));
}

const DOC_COMMENT_WITH_WHAT = /\/\*\*\s+(?:\*\s+)?What\b/g;
const ANEW = /\banew\b/g;

const findAll = (find: (path: string, text: string) => string[]) =>
	FILES.flatMap((path) => find(path, readFileSync(join(ROOT, path), 'utf8')));

test('a doc comment begins with a verb or the noun it defines, not with "What"', () => {
	expect(findAll((path, text) => findText(path, text, DOC_COMMENT_WITH_WHAT))).toEqual([]);
});

test('"again" is the word, not "anew"', () => {
	expect(findAll((path, text) => findText(path, text, ANEW))).toEqual([]);
});

test('no name is used that a clearer one replaced', () => {
	expect(findAll(findReplacedNames)).toEqual([]);
});

test('the rules can fail', () => {
	const text = '/**\n * What is read.\n */\nlet a = 1;\n\n/** What it is, anew. */\nlet b;';
	expect(findText('a.ts', text, DOC_COMMENT_WITH_WHAT)).toEqual([
		'a.ts:1 /** * What',
		'a.ts:6 /** What'
	]);
	expect(findText('a.ts', text, ANEW)).toEqual(['a.ts:6 anew']);
	const code = "class A {\n\t#told = { look: 'Asked' };\n}";
	expect(findReplacedNames('a.ts', code)).toEqual(['a.ts:2 #told', 'a.ts:2 look']);
	const component = `<p>look</p>\n<script lang="ts">\n${code}\n</script>\n`;
	expect(findReplacedNames('A.svelte', component)).toEqual(['A.svelte:4 #told', 'A.svelte:4 look']);
});
