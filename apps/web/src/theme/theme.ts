import { createTheme } from '@mantine/core';
import './layers.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/VisuallyHidden.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Loader.layer.css';
import '@mantine/core/styles/Button.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import './fonts.css';
import './tokens.css';
import './mantine.css';
import './base.css';
import './print.css';
import controls from './controls.module.css';

/** Mantine gives behaviour (focus, menus, dialogs); what things look like is in our tokens and CSS modules. */
export const theme = createTheme({
  fontFamily: 'var(--mantine-font-family)',
  variantColorResolver: ({ variant }) => {
    const border = '1px solid transparent';
    if (variant === 'filled') {
      return { background: 'var(--accent)', hover: 'var(--accent-hover)', color: 'var(--on-accent)', border };
    }
    if (variant === 'subtle') {
      return { background: 'transparent', hover: 'var(--sunken)', color: 'var(--ink2)', border };
    }
    return {
      background: 'var(--surface)',
      hover: 'var(--sunken)',
      color: 'var(--ink)',
      border: '1px solid var(--field)',
    };
  },
  // Plain objects, not Component.extend(): importing the components here would put all of them into the first load.
  components: {
    Button: {
      defaultProps: { variant: 'default', size: 'sm' },
      classNames: { root: controls.button, section: controls.section },
    },
    TextInput: { classNames: { input: controls.input, label: controls.label } },
    PasswordInput: { classNames: { input: controls.input, innerInput: controls.innerInput, label: controls.label } },
    Textarea: { classNames: { input: controls.input, label: controls.label } },
    Menu: {
      defaultProps: {
        transitionProps: { duration: 0 },
        radius: 6,
        // In place, so that a menu belongs to the landmark its button is in.
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
      classNames: { dropdown: controls.menu, item: controls.menuItem, label: controls.menuLabel },
    },
  },
});
