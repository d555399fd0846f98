import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

export default ts.config(
    { ignores: ['node_modules/', 'packages/*/dist/', 'packages/*/samples/', 'eslint.config.js'] },
    ...ts.configs.recommendedTypeChecked,
    ...vue.configs['flat/recommended'],
    {
        languageOptions: {
            parserOptions: {
                parser: ts.parser,
                projectService: true,
                tsconfigRootDir: import.meta.dirname,
                extraFileExtensions: ['.vue'],
            },
        },
        rules: {
            '@typescript-eslint/switch-exhaustiveness-check': 'error',
            // vue-i18n's functions are made to be taken out of their object.
            '@typescript-eslint/unbound-method': 'off',
            'vue/multi-word-component-names': ['error', { ignores: ['Composer', 'Workspace'] }],
            // How code looks is prettier's business.
            'vue/html-closing-bracket-newline': 'off',
            'vue/html-indent': 'off',
            'vue/html-self-closing': 'off',
            'vue/max-attributes-per-line': 'off',
            'vue/multiline-html-element-content-newline': 'off',
            'vue/singleline-html-element-content-newline': 'off',
        },
    },
)
