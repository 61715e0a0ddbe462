// What receivables bring to pages of other domains, fetched together: whoever opens one of these pages soon opens another.

export { default as CustomerAccount } from './CustomerAccount.vue'
export { default as MyMoney } from './MyMoney.vue'
export { default as VisitCollections } from './VisitCollections.vue'
