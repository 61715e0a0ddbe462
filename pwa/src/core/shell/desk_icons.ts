// The icons of what only the side menu and the page "Me" list, kept out of what a phone loads first.

export {
  BadgePercent,
  CalendarOff,
  ChartColumn,
  Handshake,
  ListChecks,
  MapPinned,
  Scale,
  Smartphone,
  Tags,
  TriangleAlert,
  Users,
} from '@lucide/vue'
