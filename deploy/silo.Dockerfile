# A silo: hosts the grains. Build from the repository's root: docker build -f deploy/silo.Dockerfile .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /campuscare
COPY . .
RUN dotnet publish src/Silo -c Release -p:GrainEngine=Orleans -p:UseAppHost=false -o /app && mkdir /evidence

# Chiseled: no shell, no package manager, and a user that isn't root; "extra" brings the ICU data that Chinese text needs.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
# A volume that is mounted here is its user's.
COPY --from=build --chown=$APP_UID /evidence /evidence
USER $APP_UID
EXPOSE 11111 30000
ENTRYPOINT ["dotnet", "CampusCare.Silo.dll"]
