export const dataRoutes = { commands: {}, handle: ({ response, json }) => json(response, { error: { code: 'not_found', message: 'no', hint: '', message_zh: '', hint_zh: '' } }, 404) };
