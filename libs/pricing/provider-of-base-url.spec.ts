import { findProvider } from '@pydantic/genai-prices';
import { providerOfBaseUrl } from './provider-of-base-url.js';

describe('providerOfBaseUrl', () => {
  it.each([
    ['https://api.openai.com/v1', 'openai'],
    ['https://API.OpenAI.com./v1', 'openai'],
    ['https://eu.api.openai.com/v1', 'openai'],
    ['https://acme.openai.azure.com/openai/v1?api-version=2026-01-01', 'azure'],
    ['https://acme.cognitiveservices.azure.com/openai/deployments/gpt', 'azure'],
    ['https://acme.services.ai.azure.com/openai/v1', 'azure'],
    ['azure+https://models.corp.example/openai/v1', 'azure'],
    ['https://api.anthropic.com/v1', 'anthropic'],
    ['https://openrouter.ai/api/v1', 'openrouter'],
    ['https://generativelanguage.googleapis.com/v1beta/openai', 'google'],
    ['https://europe-west1-aiplatform.googleapis.com/v1', 'google'],
    ['https://api.groq.com/openai/v1', 'groq'],
    ['https://api.mistral.ai/v1', 'mistral'],
    ['https://api.deepseek.com', 'deepseek'],
    ['https://api.x.ai/v1', 'x-ai'],
    ['https://api.together.xyz/v1', 'together'],
    ['https://api.fireworks.ai/inference/v1', 'fireworks'],
    ['https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1', 'aws'],
    ['https://api.moonshot.ai/v1', 'moonshotai'],
  ])('knows who sells at %s', (baseUrl, providerId) => {
    expect(providerOfBaseUrl(baseUrl)).toBe(providerId);
    expect(findProvider({ providerId })?.id).toBe(providerId);
  });

  it.each([
    'http://localhost:11434/v1',
    'http://127.0.0.1:8080/v1',
    'http://[::1]:8000/v1',
    'https://llm.corp.example/v1',
    'https://api.openai.com.example/v1',
    'https://notapi.openai.com.evil.example/v1',
    'https://myapi.openai.community/v1',
    'https://constructor/v1',
    'https://storage.googleapis.com/v1',
    'not a url',
    '',
  ])('knows nobody at %p', (baseUrl) => {
    expect(providerOfBaseUrl(baseUrl)).toBeNull();
  });
});
