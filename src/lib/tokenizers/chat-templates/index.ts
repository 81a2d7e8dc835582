const FILES = import.meta.glob<string>('./*.jinja', { query: '?raw', import: 'default' });

/** Loads a template. @param file its name in the tokenizer's descriptor */
export const loadChatTemplate = (file: string): Promise<string> => FILES[`./${file}`]();
