import type { Attachment } from 'svelte/attachments';

/** Watches elements with one observer, and calls `onview` for the item of each whenever it comes into view. */
export function createViewWatcher<T>(onview: (item: T) => void): (item: T) => Attachment {
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
