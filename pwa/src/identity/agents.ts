// A browser's own description in two words a person knows: the system and the browser. A guess, only for reading.

const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/i, 'HarmonyOS'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/i, 'WeChat'],
  [/HuaweiBrowser/i, 'Huawei Browser'],
  [/MiuiBrowser/i, 'Mi Browser'],
  [/QQBrowser/i, 'QQ Browser'],
  [/Edg/, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]

/** "Android · Chrome"; empty when nothing is recognised. */
export function agentName(agent: string): string {
  const find = (names: [RegExp, string][]): string | undefined => names.find(([sign]) => sign.test(agent))?.[1]
  return [find(SYSTEMS), find(BROWSERS)].filter(Boolean).join(' · ')
}
