# A gateway: REST, hubs and pages. Build from the repository's root: docker build -f deploy/gateway.Dockerfile .
FROM node:20-bookworm-slim AS web
WORKDIR /campuscare/src/Web
COPY src/Web/package.json src/Web/package-lock.json ./
COPY src/Web/packages/client/package.json packages/client/
RUN npm ci --no-audit --no-fund
COPY src/Web .
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /campuscare
COPY . .
COPY --from=web /campuscare/src/Gateway/wwwroot src/Gateway/wwwroot
RUN dotnet publish src/Gateway -c Release -p:GrainEngine=Orleans -p:UseAppHost=false -o /app && mkdir /evidence

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
# A volume that is mounted here is its user's.
COPY --from=build --chown=$APP_UID /evidence /evidence
USER $APP_UID
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "CampusCare.Gateway.dll"]
