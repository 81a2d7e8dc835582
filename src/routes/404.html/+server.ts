/**
 * Page that a static host shows for unknown addresses at any depth. The page doesn't refer to other files, because
 * relative addresses would break.
 */
import { createHash } from 'node:crypto';
import css from '$lib/app/base.css?raw';
import { NO_SUCH_PAGE } from '$lib/app/messages';
import script from './find-home.js?raw';

export const prerender = true;

const style = css.replace(/^@import .*$/gm, '');

/** Content security policy source that allows an inline script or style. */
const hashOf = (code: string): string =>
	`'sha256-${createHash('sha256').update(code).digest('base64')}'`;

const POLICY = [
	"default-src 'none'",
	"connect-src 'self'",
	'img-src data:',
	`script-src ${hashOf(script)}`,
	`style-src ${hashOf(style)}`,
	"base-uri 'none'",
	"form-action 'none'"
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
	<head>
		<meta charset="utf-8" />
		<meta http-equiv="content-security-policy" content="${POLICY}" />
		<meta name="viewport" content="width=device-width, initial-scale=1" />
		<meta name="color-scheme" content="light dark" />
		<title>No such page · BPE Lab</title>
		<link rel="icon" href="data:," />
		<style>${style}</style>
	</head>
	<body>
		<main>
			<h1>${NO_SUCH_PAGE}</h1>
			<p><a href="/">Go to BPE Lab</a></p>
		</main>
		<script>${script}</script>
	</body>
</html>
`;

export const GET = () =>
	new Response(PAGE, { headers: { 'content-type': 'text/html; charset=utf-8' } });
