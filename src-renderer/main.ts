import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { watchFocus } from './components/focus-home';
import './styles/index.css';

watchFocus(document);
createApp(App).use(createPinia()).mount('#app');
