// Debian's Chromium with a fresh profile each time.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

/** Runs `work(context)` in a new browser and closes it whatever happens. */
export async function withBrowser({ size, language }, work) {
  const profile = await mkdtemp(join(tmpdir(), 'huitou-e2e-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: flags, viewport: sizes[size],
    locale: language === 'zh' ? 'zh-CN' : 'en-US', timezoneId: 'Asia/Shanghai', deviceScaleFactor: size === 'narrow' ? 2 : 1,
    isMobile: size === 'narrow', hasTouch: size === 'narrow',
  });
  try {
    return await work(context);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}
