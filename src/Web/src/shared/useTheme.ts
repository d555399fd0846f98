import { darkTheme, type GlobalTheme, type GlobalThemeOverrides } from 'naive-ui'
import { shallowRef, type ShallowRef } from 'vue'

export interface Theme {
  base: GlobalTheme | null
  overrides: GlobalThemeOverrides
}

/** The component library in the colours of tokens.css, light or dark as the system prefers. */
export function useTheme(): ShallowRef<Theme> {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const theme = shallowRef(themeOf(dark.matches))
  dark.addEventListener('change', () => (theme.value = themeOf(dark.matches)))
  return theme
}

function themeOf(dark: boolean): Theme {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const overrides: GlobalThemeOverrides = {
    common: {
      fontFamily: token('font'),
      borderRadius: '8px',
      bodyColor: token('bg'),
      cardColor: token('surface'),
      modalColor: token('surface'),
      popoverColor: token('surface'),
      textColorBase: token('text'),
      textColor1: token('text'),
      textColor2: token('text'),
      textColor3: token('muted'),
      placeholderColor: token('muted'),
      borderColor: token('line-strong'),
      dividerColor: token('line'),
      primaryColor: token('primary'),
      primaryColorHover: token('primary-hover'),
      primaryColorPressed: token('primary-hover'),
      primaryColorSuppl: token('primary'),
      errorColor: token('danger'),
      warningColor: token('warn'),
      successColor: token('good'),
    },
    Button: { textColorPrimary: token('on-primary'), textColorHoverPrimary: token('on-primary') },
  }
  return { base: dark ? darkTheme : null, overrides }
}
