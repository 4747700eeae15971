import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsUrl, Matches, MaxLength } from 'class-validator';
import { IfPresent, IfSet, IsLine } from './rules.js';

export class SaveCredentialDto {
  @ApiProperty({
    description: 'Name of an upstream, or a name of your own for an allowed base URL.',
    example: 'openai',
  })
  @Matches(/^[a-z0-9][a-z0-9._-]{0,63}$/, {
    message: 'provider is a short name of small letters, digits, dots, dashes and underscores',
  })
  provider!: string;

  @ApiPropertyOptional({
    description: 'Needed for a name of your own: one of the base URLs that the administrator allows.',
    example: 'https://openrouter.ai/api/v1',
  })
  @IfPresent()
  @MaxLength(2_048, { message: 'baseUrl is too long' })
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false, allow_fragments: false },
    { message: 'baseUrl is an http or https address' },
  )
  baseUrl?: string;

  @ApiPropertyOptional({ description: 'The provider’s key. It is sealed and never shown again.', example: 'sk-…' })
  @IfPresent()
  @Matches(/^[\x21-\x7e]{1,512}$/, { message: 'apiKey is a key of at most 512 visible ASCII characters' })
  apiKey?: string;

  @ApiPropertyOptional({ nullable: true, description: 'Model that the chat begins with.', example: 'gpt-4o' })
  @IfSet()
  @IsLine(256)
  model?: string | null;

  @ApiPropertyOptional({ description: 'Serves the model ids that have no route.', example: true })
  @IfPresent()
  @IsBoolean({ message: 'isDefault is true or false' })
  isDefault?: boolean;
}
