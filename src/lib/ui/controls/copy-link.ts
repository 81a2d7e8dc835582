import type { Copying } from '../../session/copying.svelte';
import type { ShownDocument } from '../../session/lab.svelte';

/** Menu item that copies a link to the page's current state, with a note about what the link leaves out. */
export const copyLink = (document: ShownDocument, copying: Copying) => ({
	name: 'Copy link',
	note:
		document.written?.unlinked === 'long' || document.written?.omitsSample
			? 'Without your text, which is too long for a link'
			: document.written?.unlinked === 'file'
				? 'Without your file, because a link cannot contain one'
				: undefined,
	onchoose: () =>
		void copying.copy(
			document.link().then((link) => new URL(link, location.origin + location.pathname).href),
			'Copied the link.',
			'Copy it from the address bar.'
		)
});
