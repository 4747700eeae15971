import { ConsoleLogger, Injectable } from '@nestjs/common';

@Injectable()
export class GatewayLogger extends ConsoleLogger {}
