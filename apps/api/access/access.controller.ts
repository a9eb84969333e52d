import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Account } from '#libs/access';
import { businessDate, CONFIG, instanceSetting, type Config } from '#libs/platform';
import { AllowEveryone } from '../shell/access.decorators.js';
import { InstanceDto } from './access.dto.js';

@ApiTags('access')
@Controller()
export class AccessController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('instance')
  @AllowEveryone()
  async instance(): Promise<InstanceDto> {
    const setting = await instanceSetting(this.db);
    const accounts = await this.db.manager.find(Account, { where: { isDemonstration: true }, order: { id: 'ASC' } });
    return {
      productName: 'Theo dõi giải ngân',
      provinceName: setting.provinceName,
      illustrative: setting.illustrative,
      businessDate: await businessDate(this.db),
      singleSignOn: this.config.oidcIssuer ? this.config.oidcLabel : null,
      demonstrationAccounts:
        this.config.environment === 'production'
          ? []
          : accounts.map(({ username, displayName, role }) => ({ username, displayName, role })),
    };
  }
}
