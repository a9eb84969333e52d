import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganisationModule } from '#libs/organisation';
import { Account, AccountScope, ApiToken, Session } from './account.entity.js';
import { AccountRequest } from './account-request.entity.js';
import { OneTimeLink } from './one-time-link.entity.js';
import { AccountIdentity } from './sign-in/account-identity.entity.js';
import { RecoveryCode, SecondFactor } from './sign-in/second-factor.entity.js';
import { SignInThrottle } from './sign-in/sign-in-throttle.entity.js';

@Module({
  imports: [
    OrganisationModule,
    TypeOrmModule.forFeature([Account, AccountScope, Session, ApiToken, OneTimeLink, AccountRequest]),
    TypeOrmModule.forFeature([AccountIdentity, RecoveryCode, SecondFactor, SignInThrottle]),
  ],
})
export class AccessModule {}
