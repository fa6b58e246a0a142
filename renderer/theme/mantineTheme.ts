import {
  type ActionIconFactory,
  type ButtonFactory,
  type CheckboxFactory,
  createTheme,
  type DrawerFactory,
  type ExtendComponent,
  type FactoryPayload,
  type InputFactory,
  type InputWrapperFactory,
  type MantineThemeComponent,
  type MenuFactory,
  type ModalFactory,
  type SegmentedControlFactory,
  type SwitchFactory,
  type TextareaFactory,
  type TooltipFactory,
} from '@mantine/core';
import classes from './mantineTheme.module.css';

/** What a component's own `extend` does. The theme takes no component into the bundle that the page does not use. */
function extend<Payload extends FactoryPayload>(part: ExtendComponent<Payload>): MantineThemeComponent {
  return part;
}

const floating = {
  // The page itself never scrolls, so there is nothing to lock; locking would add a style element the policy forbids.
  lockScroll: false,
  transitionProps: { duration: 160 },
} as const;

/** The component library in our sizes: 32-pixel controls, 13-pixel text, one radius. */
export const mantineTheme = createTheme({
  primaryColor: 'blue',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: extend<ButtonFactory>({
      defaultProps: { size: 'sm' },
      classNames: { root: classes.button },
      vars: (_theme, props) => ({
        root: {
          '--button-height': props.size === 'xs' ? '26px' : '32px',
          '--button-padding-x': props.size === 'xs' ? '9px' : '12px',
          '--button-fz': props.size === 'xs' ? '12px' : '13px',
        },
      }),
    }),
    ActionIcon: extend<ActionIconFactory>({
      defaultProps: { variant: 'subtle', color: 'gray', size: 28 },
      classNames: { root: classes.icon },
    }),
    Input: extend<InputFactory>({
      vars: () => ({ wrapper: { '--input-height': '32px', '--input-fz': '13px' } }),
      classNames: { input: classes.input },
    }),
    InputWrapper: extend<InputWrapperFactory>({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] },
      classNames: { label: classes.label, description: classes.description, error: classes.error },
    }),
    Textarea: extend<TextareaFactory>({ defaultProps: { autosize: false } }),
    Switch: extend<SwitchFactory>({
      defaultProps: { size: 'xs', withThumbIndicator: false },
      classNames: { body: classes.switchBody, label: classes.switchLabel, track: classes.track },
      vars: () => ({
        root: {
          '--switch-height': '18px',
          '--switch-width': '32px',
          '--switch-thumb-size': '14px',
          '--switch-track-label-padding': '2px',
        },
      }),
    }),
    Checkbox: extend<CheckboxFactory>({ defaultProps: { size: 'xs' } }),
    SegmentedControl: extend<SegmentedControlFactory>({
      defaultProps: { size: 'xs', transitionDuration: 140, withItemsBorders: false },
      classNames: { root: classes.segments, label: classes.segment, indicator: classes.indicator },
    }),
    Modal: extend<ModalFactory>({
      defaultProps: { ...floating, centered: true, radius: 'md', overlayProps: { color: 'transparent' } },
      classNames: {
        overlay: classes.veil,
        content: classes.sheet,
        header: classes.sheetHead,
        title: classes.sheetTitle,
        body: classes.sheetBody,
      },
    }),
    Drawer: extend<DrawerFactory>({
      defaultProps: { ...floating, position: 'right', size: 520, overlayProps: { color: 'transparent' } },
      classNames: {
        overlay: classes.veil,
        content: classes.sheet,
        header: classes.sheetHead,
        title: classes.sheetTitle,
        body: classes.sheetBody,
      },
    }),
    // A sheet's head is no second banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    Menu: extend<MenuFactory>({
      defaultProps: {
        position: 'bottom-end',
        shadow: 'md',
        transitionProps: { duration: 120 },
        // A menu holds items and nothing else; it has the focus itself until one of them does.
        withInitialFocusPlaceholder: false,
      },
      classNames: {
        dropdown: classes.menu,
        item: classes.menuItem,
        label: classes.menuLabel,
        divider: classes.menuLine,
      },
    }),
    Combobox: { classNames: { dropdown: classes.menu, option: classes.menuItem } },
    Tooltip: extend<TooltipFactory>({
      defaultProps: {
        openDelay: 350,
        transitionProps: { duration: 120 },
        events: { hover: true, focus: true, touch: false },
      },
      classNames: { tooltip: classes.tooltip },
    }),
    Notification: {
      classNames: { root: classes.toast, title: classes.toastTitle, description: classes.toastText },
    },
  },
});
