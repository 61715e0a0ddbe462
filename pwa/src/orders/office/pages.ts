// The desk's pages of orders, loaded together.

export { default as DeliveryNotesPage } from './DeliveryNotesPage.vue'
export { default as FiguresPage } from './FiguresPage.vue'
export { default as OrdersDeskPage } from './OrdersDeskPage.vue'
export { default as PolicyPage } from './PolicyPage.vue'
