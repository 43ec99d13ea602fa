import { countedList } from './counted-list.ts';

export const container = () => countedList('list-documents');
