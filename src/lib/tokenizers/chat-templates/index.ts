/** The texts of the chat templates, each loaded on request. */
const FILES = import.meta.glob<string>('./*.jinja', { query: '?raw', import: 'default' });

/** Loads a template. @param file name that a descriptor gives */
export const loadChatTemplate = (file: string): Promise<string> => FILES[`./${file}`]();
