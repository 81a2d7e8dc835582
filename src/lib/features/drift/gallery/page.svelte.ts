/** The gallery's state: its cases, and the worked story. */
import { createContext } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { EXAMPLES } from '../../../session/examples';
import type { Lab } from '../../../session/lab.svelte';
import { DEMO_TOKENIZERS } from '../../../tokenizers/catalogue/shared/demo-tokenizers';
import { DRIFT_CASES } from '../cases/cases';
import type { DriftCase } from '../cases/types';
import { writeDiff, type DriftSides } from '../../../session/links/diff';
import { createDocuments } from '../diff/documents.svelte';
import { DRIFT_ROUTES } from '../worker';
import { linkOf, UserText, type CaseLink } from './case-link';
import { Gallery } from './gallery.svelte';
import type { PrerenderedGallery } from './prerender';
import { GalleryView } from './view.svelte';

const [a, b] = DEMO_TOKENIZERS.map(({ id }) => ({ tokenizer: id, edits: [] }));
/** The two tokenizers of the worked story. */
const DEMO_PAIR: DriftSides = { a, b };

export function createGalleryPage(lab: Lab, prerendered: PrerenderedGallery) {
	const { shared } = lab;
	const workers = lab.connect(DRIFT_ROUTES);
	const gallery = new Gallery(workers);
	/** The diff of the story's tokenizers on its sentence. */
	const storyLink: CaseLink = {
		page: 'diff',
		search: writeDiff({ sides: DEMO_PAIR, rows: null }),
		input: { kind: 'text', value: prerendered.story.sentence.text },
		atEnd: false,
		note: null
	};
	const inputs = [storyLink, ...DRIFT_CASES.map(linkOf)].flatMap((link) =>
		'reason' in link ? [] : [link.input.value]
	);
	const userText = new UserText([...EXAMPLES.map(({ text }) => text), ...inputs]);
	return {
		prerenderedCases: prerendered.cases,
		view: new GalleryView(),
		gallery,
		/** Runs a case when its element comes into view, because its vocabularies are downloaded for it. */
		whenInView: createViewWatcher<DriftCase>((item) => {
			if (!gallery.of(item.slug)) gallery.ask(item);
		}),
		story: prerendered.story,
		storyLink,
		/** Whether the text that all pages share has a part that is the user's. */
		hasUserText: (): boolean => userText.of(shared.text) !== null,
		/** Puts the input of a case and the user's text where the linked page finds them. */
		takeAlong: (link: CaseLink): void => {
			lab.page(createDocuments, () => undefined).close();
			shared.setKind('text');
			shared.setText(userText.with(link, shared.text));
		}
	};
}

/** Watches elements with one observer, and calls `onview` for the item of each whenever it comes into view. */
function createViewWatcher<T>(onview: (item: T) => void): (item: T) => Attachment {
	const items = new WeakMap<Element, T>();
	let observer: IntersectionObserver | undefined;
	return (item) => (element) => {
		observer ??= new IntersectionObserver((entries) => {
			for (const { isIntersecting, target } of entries) {
				const found = items.get(target);
				if (isIntersecting && found !== undefined) onview(found);
			}
		});
		items.set(element, item);
		observer.observe(element);
		return () => observer?.unobserve(element);
	};
}

export const [getGalleryPage, setGalleryPage] =
	createContext<ReturnType<typeof createGalleryPage>>();
