// Who is signed in. The token arrives in the address's fragment or by hand, and lives as long as the tab.
import {h, field} from './dom.js';
import {Api} from './api.js';

const KEY = 'token';

/** Takes the token out of `#token=…`, so that it stays neither in the address bar nor in the history. */
export function takeToken() {
  const found = /^#token=([^&]+)/.exec(location.hash);
  if (found) {
    sessionStorage.setItem(KEY, decodeURIComponent(found[1]));
    history.replaceState(null, '', '#/');
  }
  return sessionStorage.getItem(KEY);
}

export const forgetToken = () => sessionStorage.removeItem(KEY);

/** Asks for a token until the server knows one; resolves to {api, session}. */
export async function signIn(root, signedOut) {
  const token = takeToken();
  if (token) {
    const {session, problem} = await attempt(token);
    return session ? {api: new Api(token, signedOut), session} : ask(root, signedOut, problem);
  }
  return ask(root, signedOut, null);
}

async function attempt(token) {
  try {
    const session = await new Api(token, () => {}).get('/session');
    sessionStorage.setItem(KEY, token);
    return {session};
  } catch (problem) {
    if (problem.status === 401) forgetToken();
    return {problem};
  }
}

function ask(root, signedOut, problem) {
  return new Promise(resolve => {
    const token = h('input', {type: 'password', required: true, autocomplete: 'current-password', autofocus: true});
    const fault = h('p', {class: 'fault', role: 'alert'}, problem ? sentence(problem) : '');
    const submit = h('button', {class: 'button primary', type: 'submit'}, 'Sign in');
    const form = h(
      'form',
      {onsubmit: enter},
      h('div', {class: 'row'}, h('img', {src: '/icon.svg', alt: '', width: '28', height: '28'}), h('h1', {}, 'Fleet')),
      h(
        'p',
        {class: 'soft'},
        'Sign in with the access token of this server. It printed one when it started, or whoever runs it has one for you.',
      ),
      field('Access token', token),
      fault,
      submit,
    );
    root.replaceChildren(h('div', {class: 'sign-in'}, form));
    token.focus();

    async function enter(event) {
      event.preventDefault();
      submit.disabled = true;
      const {session, problem} = await attempt(token.value.trim());
      submit.disabled = false;
      if (!session) {
        fault.textContent = sentence(problem);
        token.select();
        return;
      }
      root.replaceChildren();
      resolve({api: new Api(token.value.trim(), signedOut), session});
    }
  });
}

function sentence(problem) {
  return problem.status === 401 ? 'The server does not know this token.' : `${problem.title}. ${problem.detail}`;
}
