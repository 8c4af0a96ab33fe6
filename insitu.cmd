@echo off
rem Starts the SQL shell; builds it first where it is missing or older than its sources.
setlocal EnableExtensions
set "INSITU_HOME=%~dp0"
if "%INSITU_HOME:~-1%"=="\" set "INSITU_HOME=%INSITU_HOME:~0,-1%"
set "JAR=%INSITU_HOME%\calcite-adapter\target\insitu-jdbc.jar"
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"

set "VERSION="
for /f "tokens=3" %%v in ('""%JAVA%" -version 2^>^&1 ^| findstr /i "version""') do if not defined VERSION set "VERSION=%%~v"
if not defined VERSION (
  echo insitu: Java is not installed; a JDK 17 or newer is needed ^(https://adoptium.net^). 1>&2
  exit /b 1
)
for /f "delims=.-+ tokens=1" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 (
  echo insitu: Java %VERSION% is too old; a JDK 17 or newer is needed. Set JAVA_HOME to one. 1>&2
  exit /b 1
)

if exist "%JAR%" (
  powershell -NoProfile -Command "$j=(Get-Item $env:JAR).LastWriteTime; $s=@(Get-Item ($env:INSITU_HOME+'\pom.xml'),($env:INSITU_HOME+'\*\pom.xml'))+@(Get-ChildItem ($env:INSITU_HOME+'\*\src\main') -Recurse -File); if ($s | Where-Object { $_.LastWriteTime -gt $j }) { exit 1 }"
  if not errorlevel 1 goto run
)

where mvn >nul 2>nul
if errorlevel 1 (
  echo insitu: Maven is not installed; 3.8 or newer is needed to build ^(https://maven.apache.org^). 1>&2
  exit /b 1
)
echo Building Insitu ^(the first time takes some minutes^) ... 1>&2
pushd "%INSITU_HOME%"
if not exist target mkdir target
call mvn -q -B -Dquick -Dmaven.test.skip=true -pl calcite-adapter -am package >target\build.log 2>&1 <nul
if errorlevel 1 (
  type target\build.log 1>&2
  popd
  echo insitu: The build failed; see above. It needs a JDK 17 or newer, Maven 3.8 or newer, and Maven Central. 1>&2
  exit /b 1
)
popd

:run
chcp 65001 >nul
rem The demo reads the data of the sources, and leaves its database in their target folder.
if "%~1"=="demo" cd /d "%INSITU_HOME%"
rem Many trees are scored up to twice as fast with the Vector API.
set "VECTOR="
if %MAJOR% GEQ 25 "%JAVA%" --list-modules | findstr /b "jdk.incubator.vector@" >nul && set "VECTOR=--add-modules=jdk.incubator.vector"
"%JAVA%" -Dfile.encoding=UTF-8 %VECTOR% %INSITU_JAVA_OPTS% "-Dinsitu.home=%INSITU_HOME%" -jar "%JAR%" %*
exit /b %ERRORLEVEL%
