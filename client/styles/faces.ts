import '@fontsource-variable/noto-sans-sc/index.css';
import '@fontsource-variable/noto-serif-sc/index.css';
import 'lxgw-wenkai-webfont/lxgwwenkai-regular.css';
